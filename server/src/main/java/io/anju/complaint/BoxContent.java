package io.anju.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.complaint.BoxStore.Entry;
import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Subject;
import io.anju.platform.crypto.Padding;
import io.anju.platform.crypto.Vault;
import io.anju.policy.ComplaintKind;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the entries of the box say, sealed and all of one size. */
final class BoxContent {
    private static final String TABLE = "complaint.box";
    private static final String CONTENT = "content";

    private final Vault vault;

    BoxContent(Vault vault) {
        this.vault = vault;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Report(
            String cityCode,
            String category,
            @Nullable String areaCode,
            @Nullable Subject subject,
            Content content) {}

    private record File(UUID id, String mediaType, long sizeBytes, String sha256, String fileKey) {}

    Buffer sealReport(UUID entry, Filing.Order order) {
        return Buffer.buffer(vault.sealPaddedJson(
                TABLE,
                CONTENT,
                entry,
                new Report(order.cityCode(), order.category(), order.areaCode(), order.subject(), order.content())));
    }

    Filing.Order openReport(Entry entry) {
        var report = vault.openJson(TABLE, CONTENT, entry.id(), entry.content().getBytes(), Report.class);
        return new Filing.Order(
                null,
                null,
                report.cityCode(),
                ComplaintKind.REPORT,
                report.category(),
                report.areaCode(),
                report.subject(),
                report.content(),
                null);
    }

    Buffer sealWords(UUID entry, String words) {
        return Buffer.buffer(vault.seal(TABLE, CONTENT, entry, Padding.pad(words.getBytes(StandardCharsets.UTF_8))));
    }

    String openWords(Entry entry) {
        return new String(
                Padding.strip(
                        vault.open(TABLE, CONTENT, entry.id(), entry.content().getBytes())),
                StandardCharsets.UTF_8);
    }

    Buffer sealFile(UUID entry, ComplaintFiles.Attachment file) {
        return Buffer.buffer(vault.sealPaddedJson(
                TABLE,
                CONTENT,
                entry,
                new File(file.id(), file.mediaType(), file.sizeBytes(), file.sha256(), file.fileKey())));
    }

    /** @param at the start of the day on which it came */
    ComplaintFiles.Attachment openFile(Entry entry, UUID complaintId, Instant at) {
        var file = vault.openJson(TABLE, CONTENT, entry.id(), entry.content().getBytes(), File.class);
        return new ComplaintFiles.Attachment(
                file.id(), complaintId, file.mediaType(), file.sizeBytes(), file.sha256(), file.fileKey(), true, at);
    }
}
