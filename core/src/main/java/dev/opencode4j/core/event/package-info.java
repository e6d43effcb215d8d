/** What happens while an agent works on a prompt, as a sealed family of records. */
@NullMarked
package dev.opencode4j.core.event;

import org.jspecify.annotations.NullMarked;
