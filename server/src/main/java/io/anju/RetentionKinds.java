package io.anju;

import io.anju.application.Applications;
import io.anju.identity.IdentityService;
import io.anju.message.MessageFiles;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.jobs.Retained;
import io.anju.proxy.ProxyFiles;
import io.anju.rights.ExportService;
import java.util.List;
import java.util.stream.Stream;

/** What each domain keeps for a time only, put together. */
public final class RetentionKinds {
    private RetentionKinds() {}

    public static List<Retained> all() {
        return Stream.of(
                        IdentityService.retained(),
                        Applications.retained(),
                        ExportService.retained(),
                        ProxyFiles.retained(),
                        MessageFiles.retained(),
                        Outbox.retained(),
                        Once.retained())
                .flatMap(List::stream)
                .toList();
    }
}
