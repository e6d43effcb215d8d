/** What an agent asks its user: permissions and questions, and the policies that answer them. */
@NullMarked
package dev.opencode4j.core.interaction;

import org.jspecify.annotations.NullMarked;
