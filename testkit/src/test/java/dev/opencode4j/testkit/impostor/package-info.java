/** Tests of the impostor. */
@NullMarked
package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.NullMarked;
