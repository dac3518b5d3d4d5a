package io.anju.platform.rotation;

import java.util.List;

/** How far a rotation is. */
public record Progress(Rotation rotation, List<Part> parts) {
    /**
     * A column, or the files of a domain.
     *
     * @param position the next page of the table, or the last file
     * @param pages of the table; 0 for files
     * @param resealed fields or files that were sealed again
     */
    public record Part(String name, int pass, String position, long pages, long resealed, boolean isFinished) {}

    public long resealed() {
        return parts.stream().mapToLong(Part::resealed).sum();
    }
}
