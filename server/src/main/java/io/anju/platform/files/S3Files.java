package io.anju.platform.files;

import io.anju.platform.config.Settings;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Objects in an S3-compatible store, addressed by path, because few stores beside Amazon's resolve a host per bucket.
 * The client blocks, so it has worker threads of its own: a slow store must not take the threads of everything else.
 */
final class S3Files implements FileStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Files.class);
    private static final int THREADS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

    private final S3Client client;
    private final String bucket;
    private final WorkerExecutor workers;

    S3Files(Vertx vertx, Settings.S3 settings) {
        this.bucket = settings.bucket();
        this.workers = vertx.createSharedWorkerExecutor("s3-files", THREADS);
        this.client = S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                // one signature over the whole body; not every store understands signed chunks
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(true)
                        .chunkedEncodingEnabled(false)
                        .build())
                // older stores refuse the newer checksum trailers; the content is sealed with an authentication tag
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT))
                .build();
    }

    @Override
    public Future<Void> put(String key, Buffer bytes) {
        return call(() -> {
            client.putObject(
                    put -> put.bucket(bucket).key(key).contentType("application/octet-stream"),
                    RequestBody.fromBytes(bytes.getBytes()));
            return null;
        });
    }

    @Override
    public Future<Buffer> get(String key) {
        return call(() -> Buffer.buffer(
                client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe()));
    }

    @Override
    public Future<Void> delete(String key) {
        return call(() -> {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
            return null;
        });
    }

    @Override
    public void close() {
        client.close();
        workers.close();
    }

    private <T> Future<T> call(Callable<T> work) {
        return workers.executeBlocking(work, false).recover(S3Files::translate);
    }

    /** A store that is away or overloaded passes; what it says otherwise is a fault of ours or of its set-up. */
    private static <T> Future<T> translate(Throwable failure) {
        var away = failure instanceof SdkClientException
                || (failure instanceof SdkServiceException answer && answer.statusCode() >= 500);
        if (away) {
            LOG.warn(
                    "the store of attachments does not answer: {}",
                    failure.getClass().getSimpleName());
            return Refusal.failed(PlatformProblem.UNAVAILABLE);
        }
        return Future.failedFuture(failure);
    }
}
