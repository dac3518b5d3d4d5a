package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts that an operator makes: with a password that somebody chose, or with one that is good once. */
class StaffDeskIT {
    private static final Office OFFICE = new Office("370200", "street", "370202001", "测试街道");

    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void a_password_that_was_made_opens_one_session_to_choose_another_in() {
        var opened = Anju.await(desk().open(person("made.one"), now()));
        var token = logIn("made.one", opened.password())
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
        logIn("made.one", opened.password()).expect(401, "wrong-credentials");
        anju.http().get("/v1/staff/tasks", token).expect(403);
        var easy = Map.of("password", opened.password(), "newPassword", "Made.one-Jiedao");
        anju.http().post("/v1/staff/me/password", token, easy).expect(422, "password-too-weak");
        var chosen = Map.of("password", opened.password(), "newPassword", "a lighthouse of my own");
        anju.http().post("/v1/staff/me/password", token, chosen).expect(204);
        logIn("made.one", "a lighthouse of my own").expect(201);
        assertThat(opened.toString()).doesNotContain(opened.password());
    }

    @Test
    void it_is_good_for_a_day() {
        var opened = Anju.await(desk().open(person("made.two"), now()));
        anju.clock().advance(Duration.ofDays(1));
        logIn("made.two", opened.password()).expect(401, "wrong-credentials");
    }

    @Test
    void a_chosen_password_is_held_to_the_same_rules() {
        for (var password : new String[] {"short", "1qaz2wsx3edc", "Anju-Reviewer-1", "chosen.one-2026"}) {
            assertThatThrownBy(() -> Anju.await(desk().create(person("chosen.one"), password, now())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Anju.await(desk().create(person("chosen.one"), "correct horse battery staple", now()));
        logIn("chosen.one", "correct horse battery staple").expect(201);
    }

    private static StaffDesk.NewStaff person(String username) {
        return new StaffDesk.NewStaff(username, "测试员", OFFICE, Set.of(Role.REVIEWER), null);
    }

    private static Answer logIn(String username, String password) {
        return anju.http().post("/v1/sessions/staff", null, Map.of("username", username, "password", password));
    }

    private static StaffDesk desk() {
        return anju.domains().identity.staff();
    }

    private static Instant now() {
        return anju.clock().instant();
    }
}
