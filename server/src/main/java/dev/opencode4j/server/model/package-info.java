/** What a server tells of its sessions, messages, agents and files. */
@NullMarked
package dev.opencode4j.server.model;

import org.jspecify.annotations.NullMarked;
