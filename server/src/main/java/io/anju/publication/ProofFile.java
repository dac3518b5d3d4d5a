package io.anju.publication;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the answer of {@code getMyProof} as it was saved. */
final class ProofFile {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ProofFile() {}

    static Optional<Proof> read(byte[] json) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(json, Proof.class)).filter(ProofFile::isWellFormed);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isWellFormed(Proof proof) {
        return areHashes(List.of(proof.salt(), proof.root())) && areHashes(proof.path());
    }

    private static boolean areHashes(List<String> texts) {
        return texts.stream().allMatch(text -> HASH.matcher(text).matches());
    }
}
