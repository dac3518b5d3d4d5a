package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Complaints about the same thing: suggested, and joined. */
class LikenessIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void likely_duplicates_are_shown_and_others_join() {
        var body = Filings.body("repair", "home-repair", "370202002");
        body.put("text", "三号楼电梯坏了三天没人修");
        var first = filings.file(filings.resident(), body);
        var me = filings.resident();
        var mine = anju.http().post(Filings.MINE, me.token(), body).expect(201).json();
        var similar = mine.path("similar");
        assertThat(similar.get(0).path("complaintId").asText()).isEqualTo(first.id());
        assertThat(similar.get(0).path("nearness").asInt()).isEqualTo(1000);
        assertThat(similar.get(0).path("own").asBoolean()).isFalse();
        var join = Filings.MINE + "/" + first.id() + "/supporters";
        anju.http().post(join, me.token(), null).expect(200);
        assertThat(anju.http()
                        .post(join, me.token(), null)
                        .expect(200)
                        .json()
                        .path("supporters")
                        .asInt())
                .isEqualTo(1);
        var joined = new Filed(first.id(), me);
        var shown = filings.get(joined).json();
        assertThat(shown.path("part").asText()).isEqualTo("supporter");
        assertThat(shown.toString()).doesNotContain("电梯");
        assertThat(anju.http().get(Filings.MINE, me.token()).expect(200).json().toString())
                .contains(first.id());
        filings.post(joined, "withdrawal", Map.of("reason", "other")).expect(404);
    }

    @Test
    void what_is_of_one_household_is_joined_by_nobody() {
        var filed = filings.file("complaint", "rent-and-fees");
        anju.http()
                .post(filed.path() + "/supporters", filings.resident().token(), null)
                .expect(404);
        anju.http().get(filed.path(), filings.resident().token()).expect(404);
    }
}
