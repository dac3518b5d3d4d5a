package io.anju.application;

import java.time.Instant;
import java.util.UUID;

/**
 * A submitted application as the other domains see it: nothing here needs decrypting, and the name is masked.
 *
 * @param areaCode the community (12 digits) of the household's current address: offices are responsible by area
 * @param stepIndex the step of the policy's pipeline that the application is at or, when refused, was refused at
 * @param submissions 1 after the first submission, one more after each answered correction
 * @param policyDigest the policy version that the application is decided under, pinned at submission
 * @param submittedAt the time of the first submission, which is the time of application for the order of the list
 * @param maskedName the applicant's name as a publicity list may show it
 * @param category the household's declared category (such as {@code low-income}), shown in publicity
 */
public record CaseFile(
        UUID id,
        String cityCode,
        String areaCode,
        String programme,
        ApplicationState state,
        int stepIndex,
        int submissions,
        String policyDigest,
        UUID residentId,
        String receiptNumber,
        Instant submittedAt,
        int householdSize,
        String maskedName,
        String category,
        long version) {}
