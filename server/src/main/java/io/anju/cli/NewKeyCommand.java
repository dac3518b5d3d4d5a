package io.anju.cli;

import io.anju.platform.crypto.KeyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the file for ANJU_KEY_FILE. */
@Command(
        name = "new-key",
        description =
                "Write a new key file for ANJU_KEY_FILE, readable by its owner alone. Keep a copy: what it seals is"
                        + " lost without it.",
        mixinStandardHelpOptions = true)
final class NewKeyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Where to write; never overwritten without --add.")
    private Path file;

    @Option(
            names = "--add",
            description = "Add a key to a file that exists; it seals from the next start on, those before still open.")
    private boolean add;

    @Override
    public Integer call() throws IOException {
        if (add) {
            KeyFile.add(file);
            System.out.println("Added a key to " + file + "; restart the servers, then run rotate-keys kek");
            return 0;
        }
        try {
            KeyFile.create(file);
        } catch (FileAlreadyExistsException e) {
            System.err.println("There is a file " + file + " already; it stays as it is.");
            return 1;
        }
        System.out.println("Wrote " + file);
        return 0;
    }
}
