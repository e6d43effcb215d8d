/** What a server is told, and what it tells of its sessions, messages, agents and files. */
@NullMarked
package dev.opencode4j.server.model;

import org.jspecify.annotations.NullMarked;
