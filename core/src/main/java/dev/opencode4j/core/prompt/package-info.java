/** What is said to an agent: text, files, the model to use, the form of the answer. */
@NullMarked
package dev.opencode4j.core.prompt;

import org.jspecify.annotations.NullMarked;
