package io.anju.cli;

import io.anju.platform.config.Settings;

/**
 * Chooses the log's form and level. Must run before the first logger is made, which is why no class of this package
 * keeps one in a static field.
 */
final class LogSetup {
    private LogSetup() {}

    static void apply(Settings.Logging logging) {
        System.setProperty("anju.log.level", logging.level());
        if (System.getProperty("logback.configurationFile") == null
                && logging.format().equals("json")) {
            System.setProperty("logback.configurationFile", "logback-json.xml");
        }
        // Netty and Vert.x look for a log library by themselves otherwise
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }
}
