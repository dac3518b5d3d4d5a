package io.anju;

import io.anju.cli.AnjuCommand;

/** What {@code java -jar anju.jar} starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(AnjuCommand.run(args));
    }
}
