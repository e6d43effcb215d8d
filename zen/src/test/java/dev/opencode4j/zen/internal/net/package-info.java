@NullMarked
package dev.opencode4j.zen.internal.net;

import org.jspecify.annotations.NullMarked;
