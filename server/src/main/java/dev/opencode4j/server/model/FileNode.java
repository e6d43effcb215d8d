package dev.opencode4j.server.model;

/**
 * A file or directory on the server's machine.
 *
 * @param name its name
 * @param path its path from the server's directory
 * @param absolute its whole path
 * @param type {@code file} or {@code directory}
 * @param ignored whether version control ignores it
 */
public record FileNode(String name, String path, String absolute, String type, boolean ignored) {}
