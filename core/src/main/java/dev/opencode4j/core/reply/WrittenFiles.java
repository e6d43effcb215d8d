package dev.opencode4j.core.reply;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The files that the tool calls of a reply wrote.
 *
 * @param artifacts files that were written whole, each as it was last written, in the order of those last times
 * @param onDisk paths of files that were changed too, but whose content only the agent's disk has: patched ones, ones
 *     edited after they were written, ones too large. Patched files are named relative to the agent's directory
 */
public record WrittenFiles(List<Artifact> artifacts, List<String> onDisk) {

    /** The size above which a file is no artifact, in bytes. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    /** Keeps copies of the lists. */
    public WrittenFiles {
        artifacts = List.copyOf(artifacts);
        onDisk = List.copyOf(onDisk);
    }

    /** Looks through the completed calls among {@code parts}, which must be in order. */
    public static WrittenFiles of(Collection<? extends Part> parts) {
        Map<String, Artifact> artifacts = new LinkedHashMap<>();
        Set<String> onDisk = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof ToolPart tool && tool.status().equals(ToolStatus.COMPLETED)) {
                switch (tool.tool()) {
                    case "write" -> write(tool, artifacts, onDisk);
                    case "edit", "multiedit" -> edit(tool, artifacts, onDisk);
                    case "apply_patch" -> patch(tool, artifacts, onDisk);
                    default -> {}
                }
            }
        }
        return new WrittenFiles(List.copyOf(artifacts.values()), List.copyOf(onDisk));
    }

    private static void write(ToolPart tool, Map<String, Artifact> artifacts, Set<String> onDisk) {
        String path = pathOf(tool);
        JsonNode content = tool.input().node().path("content");
        if (path.isBlank() || !content.isString()) return;
        artifacts.remove(path);
        onDisk.remove(path);
        if (isTooLarge(content.stringValue())) {
            onDisk.add(path);
        } else {
            artifacts.put(path, Artifact.of(path, content.stringValue()));
        }
    }

    private static void edit(ToolPart tool, Map<String, Artifact> artifacts, Set<String> onDisk) {
        String path = pathOf(tool);
        if (artifacts.remove(path) != null) onDisk.add(path);
    }

    private static void patch(ToolPart tool, Map<String, Artifact> artifacts, Set<String> onDisk) {
        for (JsonNode file : tool.metadata().node().path("files")) {
            artifacts.remove(file.path("filePath").asString(""));
            String path = file.path("relativePath").asString("");
            if (path.isBlank()) continue;
            if ("delete".equals(file.path("type").asString(""))) {
                onDisk.remove(path);
            } else {
                onDisk.add(path);
            }
        }
    }

    /** The path that the tool found, else the one that the model gave, which may be relative. */
    private static String pathOf(ToolPart tool) {
        String found = tool.metadata().node().path("filepath").asString("");
        return found.isBlank() ? tool.input().node().path("filePath").asString("") : found;
    }

    private static boolean isTooLarge(String content) {
        return content.length() > MAX_BYTES || content.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }
}
