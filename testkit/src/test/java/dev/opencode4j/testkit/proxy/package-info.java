/** Tests of the faulty network. */
@NullMarked
package dev.opencode4j.testkit.proxy;

import org.jspecify.annotations.NullMarked;
