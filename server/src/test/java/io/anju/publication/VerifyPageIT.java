package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.bench.LongList;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.Json;
import io.anju.testing.Anju;
import io.anju.testing.Browser;
import io.anju.testing.Desk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The page {@code /verify} in a real browser, on the publication of a large city; {@code -Danju.lines} sets its lines.
 */
class VerifyPageIT {
    private static final int HOUSEHOLDS = Integer.getInteger("anju.lines", 100_000);
    private static final int DEEP = HOUSEHOLDS / 9 * 7;
    private static final String VERDICT = """
            new Promise(told => {
              const look = () => ['sound', 'unsigned', 'fault'].includes(document.documentElement.dataset.state)
                ? told(document.documentElement.dataset.state + ': ' + document.getElementById('result').innerText)
                : setTimeout(look, 20);
              look();
            })""";

    @RegisterExtension
    static final Anju anju = Anju.server();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Publication publication;

    @BeforeAll
    static void publish() throws Exception {
        var program = Browser.find();
        if (program.isEmpty()) {
            var lost = "NOT TESTED: the page /verify. There is no Chromium on this machine; install Debian's chromium.";
            System.err.println(
                    "\n" + "!".repeat(lost.length()) + "\n" + lost + "\n" + "!".repeat(lost.length()) + "\n");
            throw new TestAbortedException(lost);
        }
        var today = anju.clock().today();
        var policy = Anju.await(anju.domains().policy.inForce(anju.db(), "370200", "public-rental", today));
        var list = new LongList("370200", "public-rental", HOUSEHOLDS, today, policy.digest());
        Anju.await(list.write(anju.db(), anju.clock().instant()));
        var order = Map.of("programme", "public-rental", "period", "2026-03", "reason", "年度公布");
        var id = Desk.of(anju, "city", "3702")
                .post("/v1/staff/publications", order)
                .expect(202)
                .json()
                .path("publicationId")
                .asText();
        anju.runJobs();
        publication = Anju.await(anju.domains().lists.publication.get(UUID.fromString(id)));
        browser = Browser.start(program.get(), folder);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void fetches_the_newest_publication_and_finds_it_sound() {
        browser.open(anju.http().base() + "/verify?lang=en&form=json&city=370200&programme=public-rental");
        assertThat(browser.evaluate(VERDICT))
                .startsWith("sound: Sound: signature, order and root agree.")
                .contains("Households: " + HOUSEHOLDS)
                .contains(publication.root());
    }

    @Test
    void works_from_disk_and_checks_a_households_own_row() throws Exception {
        var file = Files.write(folder.resolve("list.csv"), download());
        openSaved();
        browser.choose("#file", file);
        browser.choose("#proof", proofOfRank(DEEP));
        browser.evaluate("document.getElementById('receipt').value = '" + receiptOfRank(DEEP) + "'");
        assertThat(verdict()).startsWith("sound").contains("lies under this root");

        browser.evaluate("document.getElementById('receipt').value = '" + receiptOfRank(3) + "'");
        assertThat(verdict()).startsWith("fault: the proof is for another row");
    }

    @Test
    void finds_a_byte_that_was_changed_and_rows_that_were_swapped() throws Exception {
        var text = new String(download(), StandardCharsets.UTF_8);
        openSaved();
        browser.choose(
                "#file", Files.writeString(folder.resolve("byte.csv"), text.replaceFirst("low-income", "low-incomf")));
        assertThat(verdict()).startsWith("fault: the rows do not give the root");

        var lines = text.split("\n", -1);
        var swapped = lines.clone();
        int at = HOUSEHOLDS / 2;
        swapped[at] = lines[at + 1].replaceFirst("^\\d+", lines[at].split(",")[0]);
        swapped[at + 1] = lines[at].replaceFirst("^\\d+", lines[at + 1].split(",")[0]);
        browser.choose("#file", Files.writeString(folder.resolve("swapped.csv"), String.join("\n", swapped)));
        assertThat(verdict()).startsWith("fault: Line " + (at + 2) + ": the row does not come after the one before it");

        browser.choose("#file", Files.writeString(folder.resolve("short.csv"), text.substring(0, text.length() / 2)));
        assertThat(verdict()).startsWith("fault: Line ");
        browser.choose("#file", Files.writeString(folder.resolve("stated.csv"), text.replaceFirst("年度公布", "月度公布")));
        assertThat(verdict()).startsWith("fault: Line 2: the signature does not fit the statement");
    }

    private static void openSaved() throws Exception {
        var page = anju.http().request("GET", "/verify").unchecked().send().expect(200);
        var saved = Files.write(folder.resolve("verify.html"), page.body());
        browser.open(saved.toUri() + "?lang=en");
    }

    private static String verdict() {
        browser.evaluate("document.getElementById('verify').click()");
        return browser.evaluate(VERDICT);
    }

    private static byte[] download() {
        return anju.http()
                .get("/v1/publications/" + publication.id() + "/csv")
                .expect(200)
                .body();
    }

    private static String receiptOfRank(int rank) {
        var row = Anju.await(anju.domains().lists.publication.rows(publication, Run.of(rank)))
                .get((rank - 1) % 1024);
        return Row.parse(row).orElseThrow().get(Column.RECEIPT_NUMBER);
    }

    private static Path proofOfRank(int rank) throws Exception {
        var of = Anju.await(anju.db()
                .list(
                        "SELECT application_id, resident_id FROM waitinglist.registration WHERE receipt_number = $1",
                        row -> new UUID[] {row.getUUID(0), row.getUUID(1)},
                        receiptOfRank(rank)));
        var resident = InNameOf.resident(of.get(0)[1]);
        var proof = Anju.await(anju.domains().lists.publication.prove(resident, of.get(0)[0], null));
        return Files.writeString(folder.resolve("proof.json"), Json.mapper().writeValueAsString(proof));
    }
}
