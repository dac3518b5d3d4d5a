package io.anju.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeTest {
    /** The inputs and roots that implementations of RFC 6962 test themselves with. */
    private static final List<byte[]> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .map(Tree::leaf)
            .toList();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void gives_the_roots_that_others_give(int size, String root) {
        assertThat(HexFormat.of().formatHex(Tree.root(LEAVES.subList(0, size)))).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void gives_the_paths_that_others_give(int index, int size, String path) {
        assertThat(Tree.path(LEAVES.subList(0, size), index).stream().map(HexFormat.of()::formatHex))
                .containsExactly(path.split(" "));
    }

    @Test
    void grows_to_the_same_root_leaf_by_leaf_and_run_by_run_and_every_path_leads_there() {
        var random = new Random(6962);
        var leaves = new ArrayList<byte[]>();
        var builder = new TreeBuilder();
        for (int size = 1; size <= 130; size++) {
            var leaf = new byte[Tree.HASH_BYTES];
            random.nextBytes(leaf);
            leaves.add(leaf);
            builder.add(leaf);
            var root = Tree.root(leaves);
            assertThat(builder.root()).isEqualTo(root);
            assertThat(Tree.root(runs(leaves, 8))).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                var path = Tree.path(leaves, index);
                assertThat(Tree.rootOf(leaves.get(index), index, size, path)).isEqualTo(root);
                boolean isLost =
                        size > 1 && Arrays.equals(Tree.rootOf(leaves.get(index), (index + 1) % size, size, path), root);
                assertThat(isLost).as("leaf %d in another place", index).isFalse();
            }
        }
    }

    private static List<byte[]> runs(List<byte[]> leaves, int length) {
        var runs = new ArrayList<byte[]>();
        for (int from = 0; from < leaves.size(); from += length) {
            runs.add(Tree.root(leaves.subList(from, Math.min(from + length, leaves.size()))));
        }
        return runs;
    }
}
