/** Why a turn or a request failed: one family of unchecked exceptions, told apart by what the caller does about them. */
@NullMarked
package dev.opencode4j.core.error;

import org.jspecify.annotations.NullMarked;
