package io.anju.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.config.Settings;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both stores keep, give back and remove; the simulator accepts only what is signed as AWS says. */
class FileStoreTest {
    private static final String KEY = "2026/03/019cb65b-de80-7e0c-a4d0-b3cb8ae814ce";

    @TempDir
    private Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final S3Simulator simulator = start();

    private static S3Simulator start() {
        try {
            return new S3Simulator();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void nothingIsStored() {
        assertThat(simulator.objects()).isEmpty();
    }

    @AfterEach
    void stop() {
        simulator.close();
        await(vertx.close());
    }

    @Test
    void the_folder_keeps_whole_files_only() throws IOException {
        var store = FileStore.of(vertx, new Settings.Attachments(folder, null, null));

        keepsGivesAndRemoves(store);

        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_key_cannot_leave_the_folder() {
        var store = FileStore.of(vertx, new Settings.Attachments(folder, null, null));

        for (String key : new String[] {"../x", "/etc/passwd", "a//b", "a\\b", "", "a/../b", "a/./b"}) {
            assertThatThrownBy(() -> store.put(key, Buffer.buffer("x")))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_s3_store_keeps_signed_objects_by_path() {
        var store = s3(simulator.uri(), S3Simulator.SECRET_KEY);
        await(store.put(KEY, Buffer.buffer("sealed")));

        assertThat(simulator.objects()).containsOnlyKeys("/anju/" + KEY);
        keepsGivesAndRemoves(store);
        store.close();
    }

    @Test
    void an_s3_store_refuses_a_wrong_secret() {
        var store = s3(simulator.uri(), "another-secret");

        assertThatThrownBy(() -> await(store.put(KEY, Buffer.buffer("sealed")))).hasMessageContaining("403");
        assertThat(simulator.objects()).isEmpty();
        store.close();
    }

    @Test
    void a_store_that_stumbles_is_asked_again_and_one_that_is_away_is_unavailable() {
        var store = s3(simulator.uri(), S3Simulator.SECRET_KEY);
        simulator.fail(1);
        await(store.put(KEY, Buffer.buffer("sealed")));
        assertThat(simulator.objects()).hasSize(1);

        simulator.fail(100);
        assertThatThrownBy(() -> await(store.get(KEY)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code().id()).isEqualTo("unavailable"));
        simulator.close();
        assertThatThrownBy(() -> await(store.get(KEY)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code().id()).isEqualTo("unavailable"));
        store.close();
    }

    private static void keepsGivesAndRemoves(FileStore store) {
        var bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        await(store.put(KEY, Buffer.buffer("first")));
        await(store.put(KEY, Buffer.buffer(bytes)));
        assertThat(await(store.get(KEY)).getBytes()).isEqualTo(bytes);
        await(store.delete(KEY));
        await(store.delete(KEY));
        assertThatThrownBy(() -> await(store.get(KEY))).isNotInstanceOf(Refusal.class);
    }

    private FileStore s3(URI endpoint, String secret) {
        return FileStore.of(
                vertx,
                new Settings.Attachments(
                        folder,
                        new Settings.S3(endpoint, S3Simulator.REGION, "anju", S3Simulator.ACCESS_KEY, secret),
                        null));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
