package io.anju.platform.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a database server says from now on: on its way up, to where it was started from; later, to its logs. The launcher
 * only says that it gave up waiting.
 */
final class StartWords {
    private static final int MOST_LINES = 40;
    private static final int MOST_BYTES = 1 << 16;

    private final Path output;
    private final Path logs;
    /** What the logs held already: words of earlier runs explain nothing, and may be about somebody. */
    private final Map<Path, Long> earlierBytes = new HashMap<>();

    private StartWords(Path output, Path logs) {
        this.output = output;
        this.logs = logs;
    }

    /**
     * Begins to listen.
     *
     * @param output a file for what is printed; made anew
     * @param logs the folder of the server's logs, which need not be there yet
     */
    static StartWords listen(Path output, Path logs) throws IOException {
        var words = new StartWords(output, logs);
        Files.deleteIfExists(output);
        for (var log : words.logFiles()) {
            words.earlierBytes.put(log, Files.size(log));
        }
        return words;
    }

    /** Where the server and what makes its folder have to print to. */
    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(output.toFile());
    }

    /** The last lines that were said since. */
    String told() {
        var told = new ArrayList<String>();
        try {
            if (Files.exists(output)) {
                told.addAll(lastLines(output, 0));
            }
            for (var log : logFiles()) {
                told.addAll(lastLines(log, earlierBytes.getOrDefault(log, 0L)));
            }
        } catch (IOException e) {
            told.add("(its words cannot be read: " + e + ")");
        }
        return told.isEmpty() ? "(nothing)" : String.join(System.lineSeparator(), told);
    }

    private List<Path> logFiles() throws IOException {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (var files = Files.list(logs)) {
            return files.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
        }
    }

    private static List<String> lastLines(Path file, long after) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            // a log that is shorter than it was has been begun anew
            long from = open.length() < after ? 0 : after;
            from = Math.max(from, open.length() - MOST_BYTES);
            open.seek(from);
            var bytes = new byte[(int) (open.length() - from)];
            open.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        }
    }
}
