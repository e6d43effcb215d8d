/** Many prompts, each once. */
@NullMarked
package dev.opencode4j.batch;

import org.jspecify.annotations.NullMarked;
