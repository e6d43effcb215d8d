/** What the test kit's servers share; not for its users. */
@NullMarked
package dev.opencode4j.testkit.net;

import org.jspecify.annotations.NullMarked;
