package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Applicants;
import io.anju.testing.Households;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However often and however fast an application is handed in, it is handed in once. */
class SubmissionRaceIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    /** More than the database has connections: a machine under load may turn some away with 503, which is no harm. */
    private static final int RACERS = 50;

    private final Applicants applicants = new Applicants(anju);

    @Test
    void fifty_racing_submits_with_one_key_make_one_application() {
        var draft = applicants.complete(Households.qingdao());
        var key = UUID.randomUUID().toString();

        var answers = race(i -> applicants.submit(draft, key).sendAsync());

        assertThat(answers.stream().map(Answer::status))
                .allMatch(status -> status == 201 || status == 409 || status == 503);
        assertOneReceipt(draft, answers);
        assertThat(applicants.submit(draft, key).send().expect(201).body())
                .isEqualTo(first(answers, 201).body());
    }

    @Test
    void fifty_racing_submits_with_different_keys_make_one_application() {
        var draft = applicants.complete(Households.qingdao());

        var answers =
                race(i -> applicants.submit(draft, UUID.randomUUID().toString()).sendAsync());

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().map(Answer::status))
                .allMatch(status -> status == 201 || status == 412 || status == 503);
        assertOneReceipt(draft, answers);
    }

    @Test
    void of_fifty_racing_drafts_of_one_household_one_is_handed_in() {
        var household = Households.qingdao();
        var token = applicants.resident(household);
        var drafts = IntStream.range(0, 10)
                .mapToObj(i -> applicants.complete(applicants.draft(token, household)))
                .toList();

        var answers = race(i -> applicants
                .submit(drafts.get(i % drafts.size()), UUID.randomUUID().toString())
                .sendAsync());

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().map(Answer::status))
                .allMatch(status -> status == 201 || status == 409 || status == 412 || status == 503);
    }

    private static List<Answer> race(IntFunction<CompletableFuture<Answer>> racer) {
        return IntStream.range(0, RACERS).mapToObj(racer).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Answer first(List<Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .findFirst()
                .orElseThrow();
    }

    private static void assertOneReceipt(Applicants.Draft draft, List<Answer> answers) {
        var numbers = answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.json().path("receiptNumber").asText())
                .distinct();
        assertThat(numbers).hasSize(1);
        var submissions = Anju.await(anju.db()
                .run(
                        "SELECT count(*) AS count FROM application.submission WHERE application_id = $1",
                        UUID.fromString(draft.id())));
        assertThat(submissions.iterator().next().getLong("count")).isEqualTo(1);
    }
}
