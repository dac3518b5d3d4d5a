package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both cities' pipelines, step by step over HTTP: the same code, two documents. */
class PipelineIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Cases cases = new Cases(anju);

    @Test
    void qingdao_reviews_twice_and_publishes_twice() {
        var one = cases.handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        var district = Desk.of(anju, "district", "370202");

        assertThat(cases.state(one)).isEqualTo("in_review");
        street.approve(one).expect(200);
        assertThat(cases.state(one)).isEqualTo("awaiting_publicity");
        publish(street, "street-publicity", one);

        district.verifyAndApprove(one);
        publish(district, "district-publicity", one);
        assertThat(cases.state(one)).isEqualTo("registered");
    }

    @Test
    void xuzhou_reviews_by_five_offices_and_publishes_twice() {
        var one = cases.handIn("320302001001");
        var community = Desk.of(anju, "community", "320302001001");
        var city = Desk.of(anju, "city", "3203");

        community.approve(one).expect(200);
        publish(community, "community-publicity", one);
        Desk.of(anju, "street", "320302001").approve(one).expect(200);
        Desk.of(anju, "civil-affairs", "320302").approve(one).expect(200);
        Desk.of(anju, "district", "320302").approve(one).expect(200);
        city.approve(one).expect(200);
        publish(city, "city-publicity", one);
        assertThat(cases.state(one)).isEqualTo("registered");
    }

    private void publish(Desk desk, String stepId, Case one) {
        var opened = desk.publish(stepId).expect(201).json().path("notice");
        assertThat(opened.path("lineCount").asInt()).isEqualTo(1);
        assertThat(cases.state(one)).isEqualTo("in_publicity");
        anju.clock().set(Instant.parse(opened.path("closesAt").asText()));
        anju.runJobs();
    }
}
