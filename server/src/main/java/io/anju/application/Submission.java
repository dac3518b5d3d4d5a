package io.anju.application;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * What was handed in, as it is kept for good and as its digest covers it.
 *
 * @param documents the documents that were there, ordered by kind and digest
 * @param salt random, so that nobody can guess the content from the digest on the receipt
 */
@JsonPropertyOrder(alphabetic = true)
record Submission(Household household, Commitment commitment, List<Document> documents, String salt) {

    /** The commitment letter (承诺书): accepted, and signed with the applicant's full name. */
    record Commitment(String signedName, Instant acceptedAt) {}

    record Document(String kind, String sha256) {}

    /**
     * A submission with what the receipt says of it.
     *
     * @param number 1 for the first, 2 for the answer to a correction request
     * @param signedText what the signature covers
     * @param signature in the form {@code keyId.base64url}
     */
    record Filed(int number, String contentSha256, Instant receivedAt, String signedText, String signature) {
        /** With the moment as the database keeps it, which is coarser than a clock. */
        Filed receivedAt(Instant stored) {
            return new Filed(number, contentSha256, stored, signedText, signature);
        }
    }
}
