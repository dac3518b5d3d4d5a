package io.anju.rights;

import io.anju.testing.Anju;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a resident asks to be put right, what an official decides, and what was told of it. */
final class CorrectionForms {
    private CorrectionForms() {}

    /** @param id of what is wrong; null where the subject is the resident */
    static Map<String, Object> wish(String subject, @Nullable UUID id) {
        var wish = new LinkedHashMap<String, Object>(Map.of(
                "subject", subject,
                "item", "自有住房面积",
                "stated", "19.50 平方米",
                "correct", "9.50 平方米",
                "reason", "录入时多写一位",
                "evidence", "不动产权证复印件已交街道"));
        if (id != null) {
            wish.put("subjectId", id.toString());
        }
        return wish;
    }

    /** A decision with everything that one needs, but for the changes of one that upholds. */
    static Map<String, Object> decision(String decision) {
        return new LinkedHashMap<>(Map.of(
                "decision", decision,
                "finding", "经核对产权证，情况已查明",
                "basis", "《个人信息保护法》第四十六条",
                "evidenceNumber", "GZ-2026-000017",
                "remedy", "如有异议，可自收到决定之日起六十日内申请行政复议"));
    }

    /** In the order of their commits. */
    static List<String> topics(Anju anju, String id) {
        return Anju.await(anju.db()
                .list(
                        "SELECT topic FROM platform.outbox WHERE subject_id = $1 ORDER BY xact, id",
                        row -> row.getString("topic"),
                        UUID.fromString(id)));
    }
}
