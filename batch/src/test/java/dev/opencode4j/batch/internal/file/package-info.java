@org.jspecify.annotations.NullUnmarked
package dev.opencode4j.batch.internal.file;
