/** Answers checked against a JSON schema. */
@NullMarked
package dev.opencode4j.zen.internal.schema;

import org.jspecify.annotations.NullMarked;
