package dev.flowmail.templates;

import java.util.List;
import java.util.function.IntConsumer;

/** Reads one address after the other, each in any number of pieces. Not safe for several threads. */
final class DecideLinkScan {

    private static final int[] DECIDE = "decide".codePoints().toArray();

    private final Finder finder;
    private final List<PercentDecoder> layers;
    private final IntConsumer first;

    DecideLinkScan(List<int[]> hosts) {
        finder = new Finder(hosts);
        // wrapped links (Safe Links and the like) hold an address that is encoded once more
        PercentDecoder third = new PercentDecoder(finder);
        PercentDecoder second = new PercentDecoder(third);
        PercentDecoder outermost = new PercentDecoder(second);
        layers = List.of(outermost, second, third);
        first = new AddressFolding(outermost);
    }

    /** Reads on. */
    void read(String text, int from, int to) {
        for (int at = from; at < to; ) {
            int character = text.codePointAt(at);
            first.accept(character);
            at += Character.charCount(character);
        }
    }

    /** Whether what was read since the last end leads to a decide page. */
    boolean end() {
        layers.forEach(PercentDecoder::end);
        return finder.end();
    }

    /** Looks for one of the names of our host, and then for {@code /decide}, neither of them as part of a longer word. */
    private static final class Finder implements IntConsumer {

        private final List<int[]> hosts;
        private final int[] latest;
        private long count;
        private boolean hostMayEnd;
        private boolean isHostSeen;
        private int decideSeen;
        private boolean isFound;

        Finder(List<int[]> hosts) {
            this.hosts = hosts;
            latest = new int[hosts.stream().mapToInt(name -> name.length).max().orElse(0) + 1];
        }

        @Override
        public void accept(int character) {
            isHostSeen |= hostMayEnd && !isInWord(character);
            isFound |= isDecideComplete() && !isInWord(character);
            decide(character);
            latest[(int) (count % latest.length)] = character;
            count++;
            hostMayEnd = !isHostSeen && endsWithHost();
        }

        boolean end() {
            boolean found = isFound || isDecideComplete();
            count = 0;
            hostMayEnd = false;
            isHostSeen = false;
            decideSeen = 0;
            isFound = false;
            return found;
        }

        private boolean isDecideComplete() {
            return decideSeen == DECIDE.length + 1;
        }

        private void decide(int character) {
            if (character == '/' || character == '\\') {
                decideSeen = isHostSeen ? 1 : 0;
            } else if (decideSeen > 0 && decideSeen <= DECIDE.length && character == DECIDE[decideSeen - 1]) {
                decideSeen++;
            } else {
                decideSeen = 0;
            }
        }

        private boolean endsWithHost() {
            for (int[] host : hosts) {
                if (endsWith(host)) {
                    return true;
                }
            }
            return false;
        }

        private boolean endsWith(int[] host) {
            if (count < host.length) {
                return false;
            }
            for (int back = 1; back <= host.length; back++) {
                if (back(back) != host[host.length - back]) {
                    return false;
                }
            }
            if (count == host.length) {
                return true;
            }
            int before = back(host.length + 1);
            return before != '.' && !isInWord(before);
        }

        private int back(int characters) {
            return latest[(int) ((count - characters) % latest.length)];
        }

        private static boolean isInWord(int character) {
            return character == '_'
                    || character == '-'
                    || (character >= '0' && character <= '9')
                    || (character >= 'a' && character <= 'z');
        }
    }
}
