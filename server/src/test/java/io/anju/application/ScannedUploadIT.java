package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.config.Settings;
import io.anju.platform.files.ClamdScan;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Applicants;
import io.anju.testing.ClamdDouble;
import io.anju.testing.Households;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every file is looked through before an operation sees it, and what nobody could look through is not taken. */
class ScannedUploadIT {
    private static final ClamdDouble CLAMD = ClamdDouble.start();

    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_CLAMD", CLAMD.address());

    private final Applicants applicants = new Applicants(anju);
    private final Applicants.Draft draft = applicants.draft(Households.qingdao());

    @AfterEach
    void honest() {
        CLAMD.say("");
    }

    @AfterAll
    static void stop() {
        CLAMD.close();
    }

    @Test
    void a_clean_file_is_taken_and_was_seen_whole() {
        var large = Arrays.copyOf(Applicants.pdf(), 3 * 1024 * 1024 + 7);
        applicants.upload(draft, "income-proof", large).expect(201);
        assertThat(CLAMD.files()).anySatisfy(file -> assertThat(file).isEqualTo(large));
    }

    @Test
    void a_malicious_file_is_refused_and_not_kept() {
        applicants.upload(draft, "income-proof", infected()).expect(422, "file-infected");
        raw(infected()).expect(422, "file-infected");
        var kept =
                Anju.await(anju.db().find("SELECT count(*) AS n FROM application.loose_file", row -> row.getLong("n")));
        assertThat(kept).hasValue(0L);
        assertThat(anju.http()
                        .get(draft.path(), draft.token())
                        .expect(200)
                        .json()
                        .path("attachments"))
                .isEmpty();
    }

    @Test
    void what_the_scanner_cannot_look_at_is_not_taken() {
        for (var words :
                new String[] {"INSTREAM size limit exceeded. ERROR", "stream: OK and more", "nonsense\nline"}) {
            CLAMD.say(words);
            applicants.upload(draft, "income-proof", Applicants.pdf()).expect(503, "unavailable");
        }
        CLAMD.say("");
        applicants.upload(draft, "income-proof", Applicants.pdf()).expect(201);
    }

    @Test
    void where_nobody_listens_nothing_is_taken() {
        var gone = ClamdDouble.start();
        gone.close();
        var scan = ClamdScan.of(anju.vertx(), Settings.read(Map.of("ANJU_CLAMD", gone.address())));
        var verdict = scan.requireClean(Buffer.buffer("anything"));
        assertThatThrownBy(() -> Anju.await(verdict)).hasMessage("unavailable");
    }

    private Answer raw(byte[] content) {
        return anju.http()
                .request("POST", draft.path() + "/attachment-bytes?kind=income-proof&fileName=a.pdf")
                .token(draft.token())
                .bytes("application/octet-stream", content)
                .send();
    }

    private static byte[] infected() {
        return ("%PDF-1.4\n" + ClamdDouble.EICAR + "\n%%EOF\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
