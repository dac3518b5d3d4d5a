package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.crypto.Sha256;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Applicants;
import io.anju.testing.Households;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttachmentIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int TEN_MEBIBYTES = 10 * 1024 * 1024;

    private final Applicants applicants = new Applicants(anju);

    @Test
    void what_goes_in_comes_out_as_a_download() {
        var draft = applicants.draft(Households.qingdao());
        var content = Applicants.pdf();
        var attachment =
                applicants.upload(draft, "income-proof", content).expect(201).json();

        var download = get(draft, attachment.path("id").asText(), draft.token()).expect(200);

        assertThat(download.body()).isEqualTo(content);
        assertThat(download.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(download.header("Content-Disposition"))
                .startsWith("attachment;")
                .contains("income-proof.pdf");
        assertThat(download.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(attachment.path("sha256").asText()).isEqualTo(Sha256.hex(content));
    }

    @Test
    void raw_bytes_are_taken_too_and_a_chinese_name_survives() {
        var draft = applicants.draft(Households.qingdao());
        var jpeg = Arrays.copyOf(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F'}, 300);

        var attachment = anju.http()
                .request("POST", draft.path() + "/attachment-bytes?kind=income-proof&fileName=%E6%94%B6%E5%85%A5.jpg")
                .token(draft.token())
                .bytes("application/octet-stream", jpeg)
                .send()
                .expect(201)
                .json();

        assertThat(attachment.path("mediaType").asText()).isEqualTo("image/jpeg");
        assertThat(attachment.path("fileName").asText()).isEqualTo("收入.jpg");
        assertThat(get(draft, attachment.path("id").asText(), draft.token()).header("Content-Disposition"))
                .contains("filename*=UTF-8''%E6%94%B6%E5%85%A5.jpg");
    }

    @Test
    void the_type_is_what_the_content_is() {
        var draft = applicants.draft(Households.qingdao());
        var executable = Arrays.copyOf("MZ\u0090\0\3".getBytes(StandardCharsets.ISO_8859_1), 400);

        applicants.upload(draft, "income-proof", executable).expect(415, "attachment-type-refused");
        applicants
                .upload(draft, "income-proof", "just words".getBytes(StandardCharsets.UTF_8))
                .expect(415, "attachment-type-refused");
        applicants.upload(draft, "income-proof", new byte[0]).expect(422, "attachment-empty");
        assertThat(attachments(draft)).isEmpty();
    }

    @Test
    void ten_mebibytes_are_taken_and_a_byte_more_is_not() {
        var draft = applicants.draft(Households.qingdao());
        var start = Applicants.pdf();

        applicants
                .upload(draft, "income-proof", Arrays.copyOf(start, TEN_MEBIBYTES))
                .expect(201);
        var refused = applicants.upload(draft, "income-proof", Arrays.copyOf(start, TEN_MEBIBYTES + 1));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(attachments(draft)).hasSize(1);
    }

    @Test
    void the_same_document_again_is_the_one_that_is_there() {
        var draft = applicants.draft(Households.qingdao());
        var content = Applicants.pdf();

        var first = applicants.upload(draft, "income-proof", content).expect(201);
        var again = applicants.upload(draft, "income-proof", content).expect(201);

        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(attachments(draft)).hasSize(1);
    }

    @Test
    void a_document_leaves_a_draft_but_not_what_was_handed_in() {
        var draft = applicants.complete(Households.qingdao());
        var wrong = applicants
                .upload(draft, "household-register")
                .expect(201)
                .json()
                .path("id")
                .asText();
        anju.http()
                .delete(draft.path() + "/attachments/" + wrong, draft.token())
                .expect(204);
        anju.http()
                .delete(draft.path() + "/attachments/" + wrong, draft.token())
                .expect(404, "not-found");
        assertThat(attachments(draft)).hasSize(4).doesNotContain(wrong);
        var current = anju.http().get(draft.path(), draft.token()).etag();
        applicants.submit(draft.withEtag(current)).expect(201);

        anju.http()
                .delete(draft.path() + "/attachments/" + attachments(draft).get(0), draft.token())
                .expect(409, "attachments-closed");
        applicants.upload(draft, "income-proof").expect(409, "attachments-closed");
    }

    @Test
    void nobody_else_gets_a_document() {
        var draft = applicants.draft(Households.qingdao());
        var id = applicants
                .upload(draft, "income-proof")
                .expect(201)
                .json()
                .path("id")
                .asText();
        var mine = applicants.draft(Households.qingdao());
        var other = anju.people().resident();

        get(draft, id, other).expect(404, "not-found");
        // one's own application does not open another's document
        get(mine, id, mine.token()).expect(404, "not-found");
        applicants
                .upload(new Applicants.Draft(other, draft.id(), draft.etag(), draft.household()), "income-proof")
                .expect(404, "not-found");
        get(draft, UUID.randomUUID().toString(), draft.token()).expect(404, "not-found");
    }

    @Test
    void bytes_that_nothing_needs_are_removed_a_day_later() throws IOException {
        var draft = applicants.draft(Households.qingdao());
        applicants.upload(draft, "commitment-letter").expect(201);
        var id = applicants
                .upload(draft, "income-proof")
                .expect(201)
                .json()
                .path("id")
                .asText();
        var before = stored();
        anju.http().delete(draft.path() + "/attachments/" + id, draft.token()).expect(204);
        anju.runJobs();
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(before);

        anju.clock().advance(Duration.ofHours(25));
        anju.runJobs();

        assertThat(stored()).hasSize(before.size() - 1).noneMatch(file -> file.contains(id));
    }

    @Test
    void what_lies_in_the_folder_is_sealed() throws IOException {
        var draft = applicants.draft(Households.qingdao());
        var id = applicants
                .upload(draft, "income-proof")
                .expect(201)
                .json()
                .path("id")
                .asText();
        var file =
                stored().stream().filter(path -> path.contains(id)).findFirst().orElseThrow();

        assertThat(new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1))
                .doesNotContain("%PDF");
    }

    private static List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(anju.folder().resolve("attachments"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private static Answer get(Applicants.Draft draft, String attachmentId, String token) {
        return anju.http().get(draft.path() + "/attachments/" + attachmentId, token);
    }

    private static List<String> attachments(Applicants.Draft draft) {
        var application =
                anju.http().get(draft.path(), draft.token()).expect(200).json();
        return application.path("attachments").findValuesAsText("id");
    }
}
