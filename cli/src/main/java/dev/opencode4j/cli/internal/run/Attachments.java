package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.process.RunFolder;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Attachment;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Files that go with a prompt: the command line takes paths, so bytes are put where it can read them for a while. */
final class Attachments {

    private static final String BASE_64 = ";base64";

    private Attachments() {}

    /** The paths, in the attachments' order. */
    static List<Path> paths(List<Attachment> attachments, RunFolder folder) throws IOException {
        List<Path> paths = new ArrayList<>(attachments.size());
        for (Attachment attachment : attachments) {
            paths.add(path(attachment, folder, paths.size()));
        }
        return paths;
    }

    private static Path path(Attachment attachment, RunFolder folder, int number) throws IOException {
        URI url = attachment.url();
        String scheme = url.getScheme();
        if ("file".equalsIgnoreCase(scheme)) {
            Path path = Path.of(url);
            if (!Files.isReadable(path)) throw new BadRequestException("can't read the file " + path, null, null);
            return path;
        }
        if (!"data".equalsIgnoreCase(scheme)) {
            throw new UnsupportedFeatureException(
                    "the command line takes files and bytes, and no " + scheme + ": URL", null, null);
        }
        // In a folder of its own: the model sees the name, and two files may have the same.
        Path file = folder.newFolder("file-" + number).resolve(name(attachment.filename()));
        return Files.write(file, bytes(url.getRawSchemeSpecificPart()));
    }

    private static String name(String filename) {
        String name = filename.replaceAll("[/\\\\\\p{Cntrl}]", "_");
        return name.equals(".") || name.equals("..") ? "_" : name;
    }

    private static byte[] bytes(String data) {
        int comma = data.indexOf(',');
        if (comma < 0) throw new BadRequestException("a data: URL has a comma before its data", null, null);
        String content = data.substring(comma + 1);
        if (data.substring(0, comma).endsWith(BASE_64))
            return Base64.getDecoder().decode(content);
        return URLDecoder.decode(content.replace("+", "%2B"), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
    }
}
