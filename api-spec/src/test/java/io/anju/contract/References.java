package io.anju.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/** Finds references that lead nowhere: the parser alone lets some of them pass. */
final class References {
    private References() {}

    static Set<String> missing(String document) {
        try {
            var root = new ObjectMapper().readTree(document);
            var missing = new TreeSet<String>();
            root.findValues("$ref").stream()
                    .map(JsonNode::asText)
                    .filter(reference -> !reference.startsWith("#/")
                            || root.at(reference.substring(1)).isMissingNode())
                    .forEach(missing::add);
            return missing;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
