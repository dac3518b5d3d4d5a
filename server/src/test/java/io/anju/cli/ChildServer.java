package io.anju.cli;

import io.anju.platform.db.DbAddress;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.anju.testing.Anju;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How to start a server in a process of its own that opens what a test's own server seals, and is the same merchant. */
final class ChildServer {
    private final Path folder;
    private final Path log;
    private final Map<String, String> settings;

    /**
     * @param name of its folder, which goes with the test's
     * @param simulators the outside parties
     * @param url where others reach it
     */
    ChildServer(Anju anju, String name, String simulators, DbAddress database, String url) throws IOException {
        folder = Files.createDirectories(anju.folder().resolve(name));
        log = folder.resolve("server.log");
        var secret = Files.writeString(folder.resolve("wechat.secret"), Simulators.APP_SECRET);
        settings = new HashMap<>(MerchantFiles.write(folder, simulators));
        settings.put(
                "ANJU_DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                database.user(),
                                database.password(),
                                database.host(),
                                database.port(),
                                database.database()));
        settings.put("ANJU_KEY_FILE", anju.keyFile().toString());
        settings.put("ANJU_PUBLIC_URL", url);
        settings.put("ANJU_WECHAT_URL", simulators);
        settings.put("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        settings.put("ANJU_WECHAT_SECRET_FILE", secret.toString());
        settings.put("ANJU_CALLER_REQUESTS_PER_MINUTE", "1000000");
        settings.put("ANJU_ADDRESS_REQUESTS_PER_MINUTE", "1000000");
        settings.put("ANJU_STAFF_TOTP_ROLES", "none");
    }

    /** Lets one start and end, so that those after it start faster; once in a test run. */
    void keepClasses() throws Exception {
        if (!ServerClasses.areKept()) {
            ServerProcess.start(folder, log, settings, ServerClasses.keepingOptions(), "io.anju.Main", "serve")
                    .stop();
        }
    }

    ServerProcess serve() throws Exception {
        return ServerProcess.start(folder, log, settings);
    }

    /** Serves and works at a time that stands still. */
    ServerProcess serveAt(Instant time) throws Exception {
        var classes = ServerClasses.areKept() ? ServerClasses.options() : ServerClasses.keepingOptions();
        return ServerProcess.start(folder, log, settings, classes, StillServer.class.getName(), time.toString());
    }
}
