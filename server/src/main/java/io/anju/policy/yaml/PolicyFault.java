package io.anju.policy.yaml;

/**
 * One thing wrong with a policy file.
 *
 * @param line from 1
 */
public record PolicyFault(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
