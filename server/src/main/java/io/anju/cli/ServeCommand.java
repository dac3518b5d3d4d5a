package io.anju.cli;

import io.anju.platform.config.Setting;
import io.anju.platform.config.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Serves until the process is told to stop. */
@Command(
        name = "serve",
        description = "Serve the API. Settings come from the environment and from the file named by ANJU_CONFIG.")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            description = "List every setting with its meaning and [default].")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        if (help) {
            printHelp();
            return 0;
        }
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var launch = Launch.start(settings);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            launch.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        stopped.await();
        return 0;
    }

    private static void printHelp() {
        System.out.println(Ansi.AUTO.string("Usage: java -jar anju.jar @|bold serve|@"));
        System.out.println(
                "Serves the API until SIGTERM or Ctrl-C. Settings are read from the environment and from the");
        System.out.println("file named by ANJU_CONFIG; a name without [default] may be left out.");
        System.out.println();
        System.out.print(Setting.help());
    }
}
