package io.anju.platform.http;

import io.anju.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes two requests the same one.
 *
 * @param scope whose key it is; all anonymous callers share one namespace, so their keys must be hard to guess
 * @param digest SHA-256 over everything that the effect may depend on
 */
record OnceKey(String scope, String operation, String key, byte[] digest) {
    private static final int MIN_CHARS = 16;
    private static final int MAX_CHARS = 64;

    static OnceKey of(Request request) {
        return new OnceKey(
                scope(request.caller()), request.operation().id(), request.idempotencyKey(), digest(request));
    }

    /** The form that the contract asks for, without the cost of a regular expression. */
    static boolean isValid(String key) {
        if (key.length() < MIN_CHARS || key.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** The id that the stored answer is sealed for. */
    UUID row() {
        return UUID.nameUUIDFromBytes((scope + '\n' + operation + '\n' + key).getBytes(StandardCharsets.UTF_8));
    }

    /** A proxy's keys are not the represented's: neither is given what the other was answered. */
    private static String scope(Caller caller) {
        var proxy = caller.proxy();
        if (proxy != null) {
            return scopeOfMandate(proxy.grantId());
        }
        return caller.id() == null ? caller.kind().name() : caller.kind().name() + ':' + caller.id();
    }

    static String scopeOfMandate(UUID mandate) {
        return "PROXY:" + mandate;
    }

    private static byte[] digest(Request request) {
        var digest = Sha256.start();
        add(digest, request.operation().method().name());
        add(digest, request.operation().id());
        for (int i = 0; i < request.pathParameterCount(); i++) {
            add(digest, request.pathParameter(i));
        }
        add(digest, request.rawQuery());
        add(digest, request.header("If-Match"));
        if (request.hasUpload()) {
            // not the raw body: a client that retries a multipart request draws a new boundary
            var upload = request.upload();
            add(digest, upload.fileName());
            add(digest, upload.declaredMediaType());
            upload.fields().forEach((name, value) -> {
                add(digest, name);
                add(digest, value);
            });
            digest.update(upload.content().getBytes());
        } else {
            digest.update(request.body().getBytes());
        }
        return digest.digest();
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        if (part != null) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
    }
}
