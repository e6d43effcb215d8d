package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.ToolCallDetails;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the tool call behind a permission request does.
 *
 * <p>A request to run a command has the command in its metadata on 1.18.33, and empty metadata on 1.2.27 and 1.15.13:
 * there the input of the tool call has it. A request to edit has its diff in the metadata on all three.
 */
public final class PermissionDetails {

    private static final String SHELL = "bash";
    private static final String COMMAND = "command";

    private PermissionDetails() {}

    /** The request with what its own metadata tell. */
    static PermissionRequest told(PermissionRequest request) {
        String command = isShell(request) ? text(request.metadata(), COMMAND) : null;
        String diff = text(request.metadata(), "diff");
        return command == null && diff == null ? request : request.with(new ToolCallDetails(command, diff, Json.EMPTY));
    }

    /** Whether the request says so little about its tool call that the call's input has to be looked at. */
    public static boolean areMissing(PermissionRequest request) {
        if (isShell(request)) return request.command().isEmpty();
        return request.diff().isEmpty() && request.metadata().isEmpty();
    }

    /** The request with the input of its tool call. */
    public static PermissionRequest complete(PermissionRequest request, Json input) {
        ToolCallDetails known = request.details();
        String command = known.command();
        if (command == null && isShell(request)) command = text(input, COMMAND);
        return request.with(new ToolCallDetails(command, known.diff(), input));
    }

    private static boolean isShell(PermissionRequest request) {
        return request.permission().equals(SHELL);
    }

    private static @Nullable String text(Json object, String name) {
        byte[] bytes = object.text().getBytes(StandardCharsets.UTF_8);
        JsonReader json = JsonReader.of(bytes, 0, bytes.length);
        String text = null;
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) {
                if (field.equals(name)) text = json.text();
            }
        }
        return text;
    }
}
