package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:2::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        AllowList guard = new AllowList(List.of());

        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> guard.resolve(address, 25))
                .withMessage(address
                        + " has no address that may be dialled; one that is not public must be in"
                        + " FLOWMAIL_NETWORK_ALLOW");
        assertThat(guard.refusesWithoutAsking(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700:4700::1111",
                "3ffe:ffff::1",
                "3fff:1000::1",
                "[2606:4700:4700::1111]"
            })
    void whatIsPublicIsDialled(String address) throws IOException {
        AllowList guard = new AllowList(List.of());

        assertThat(guard.resolve(address, 25)).containsExactly(InetAddress.getByName(address));
        assertThat(guard.refusesWithoutAsking(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "10.0.0.0/8, 10.255.0.1",
        "10.9.9.9/8, 10.1.1.1",
        "0.0.0.0/0, 127.0.0.1",
        "192.168.4.0/22, 192.168.7.255",
        "::1, ::1",
        "[::1], ::1",
        "fd00::/8, fdab::1",
        "fd12:3456:789a:8000::/49, fd12:3456:789a:ffff::1",
        "::ffff:127.0.0.1, 127.0.0.1",
        "127.0.0.1, ::ffff:127.0.0.1",
    })
    void whatTheOperatorAllowsIsDialled(String entry, String address) throws IOException {
        AllowList guard = Guards.allowing("203.0.113.77", " " + entry + " ");

        assertThat(guard.resolve(address, 25)).hasSize(1);
        assertThat(guard.refusesWithoutAsking(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.4",
        "10.0.0.0/9, 10.128.0.0",
        "192.168.4.0/22, 192.168.8.0",
        "::/0, 127.0.0.1",
        "0.0.0.0/0, ::1",
        "fd12:3456:789a:8000::/49, fd12:3456:789a:7fff::1",
        "localhost, 127.0.0.1",
    })
    void nothingBesideItIs(String entry, String address) {
        AllowList guard = Guards.allowing(entry);

        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.resolve(address, 25));
        assertThat(guard.refusesWithoutAsking(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2525, 127.0.0.1",
        "127.0.0.0/8:2525, 127.1.2.3",
        "[::1]:2525, ::1",
        "[::1]/128:2525, ::1",
        "[fd00::]/8:2525, fd12::1",
        "LOCALHOST:2525, localhost",
        "localhost.:2525, LocalHost",
    })
    void anEntryWithAPortAllowsThatPortOnly(String entry, String host) throws IOException {
        AllowList guard = Guards.allowing(entry);

        assertThat(guard.resolve(host, 2525)).isNotEmpty();
        assertThat(guard.refusesWithoutAsking(host)).isFalse();
        for (int other : new int[] {1, 25, 2524, 2526, 65_535}) {
            assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.resolve(host, other));
        }
    }

    @Test
    void portsOfAPublicHostAreFree() throws IOException {
        assertThat(Guards.allowing("8.8.8.8:25").resolve("8.8.8.8", 443)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "10.0.0.256",
                "1.2.3",
                "1",
                "::1/129",
                "fd00::/8/8",
                "fd00:::1",
                "[::1",
                "fe80::1%eth0/x",
                "mail server",
                "*.example",
                "http://mail.example",
                "mail.example:",
                "mail.example:0",
                "mail.example:65536",
                "mail.example:smtp",
                "mail.example:25:25",
                "10.0.0.1:-1",
                "10.0.0.0:25/8",
                "[::1]:",
                "[mail.example]:25",
                ":25",
                "mail.example/24",
                "-a.example",
                "a..example",
                "127.1",
                "010.0.0.1"
            })
    void anEntryThatIsNothingOfTheKindIsNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Guards.allowing("10.0.0.1", entry))
                .withMessage("FLOWMAIL_NETWORK_ALLOW: \"" + entry
                        + "\" is neither a host name, an address nor a CIDR range such as 10.0.0.0/8, with a port"
                        + " behind it (10.0.0.0/8:25, [fd00::1]:25) or without");
    }

    @Test
    void anAllowedHostMayHaveAnyAddress() throws IOException {
        AllowList guard = new AllowList(Guards.allowances("Mail.Internal"), host -> addresses("10.0.0.1", "fd00::1"));

        assertThat(guard.resolve("mail.internal", 25)).hasSize(2);
        assertThat(guard.resolve("MAIL.INTERNAL.", 25)).hasSize(2);
        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.resolve("x.mail.internal", 25));
    }

    @Test
    void ofSeveralAddressesOnlyPublicOnesAreDialled() throws IOException {
        AllowList guard = new AllowList(List.of(), host -> addresses("127.0.0.1", "8.8.8.8", "::1", "2606:4700::1"));

        assertThat(guard.resolve("mixed.example", 25)).containsExactly(addresses("8.8.8.8", "2606:4700::1"));
    }

    @Test
    void aNameWithoutAddressIsUnknown() {
        AllowList nothing = new AllowList(List.of(), host -> new InetAddress[0]);
        AllowList unknown = new AllowList(Guards.allowances("gone.example"), host -> {
            throw new UnknownHostException(host);
        });

        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> nothing.resolve("gone.example", 25));
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> unknown.resolve("gone.example", 25));
    }

    @Test
    void whatIsPlainIsSaidWithoutAskingDns() {
        AllowList guard = new AllowList(Guards.allowances("10.0.0.1"), host -> {
            throw new AssertionError("asked for " + host);
        });

        for (String host : List.of("localhost", "LocalHost.", "a.localhost", "127.0.0.1", "[::1]", "169.254.169.254")) {
            assertThat(guard.refusesWithoutAsking(host)).as(host).isTrue();
        }
        for (String host :
                List.of("8.8.8.8", "10.0.0.1", "mail.example", "localhost.example", "", "127.1", "a b", "::x")) {
            assertThat(guard.refusesWithoutAsking(host)).as(host).isFalse();
        }
        assertThat(Guards.allowing("localhost").refusesWithoutAsking("localhost"))
                .isFalse();
        assertThat(Guards.allowing("::1").refusesWithoutAsking("localhost")).isFalse();
    }

    @Test
    void everyAddressIsInExactlyTheRangesThatHoldIt() throws IOException {
        Random random = new Random(20260102);
        for (int round = 0; round < 5_000; round++) {
            byte[] network = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(network);
            int prefix = random.nextInt(network.length * 8 + 1);
            AddressRange range = AddressRange.parse(
                            InetAddress.getByAddress(network).getHostAddress() + "/" + prefix)
                    .orElseThrow();
            byte[] other = network.clone();
            int bit = random.nextInt(network.length * 8);
            other[bit / 8] ^= (byte) (0x80 >> bit % 8);

            assertThat(range.contains(network)).isTrue();
            assertThat(range.contains(other)).isEqualTo(bit >= prefix);
        }
    }

    private static InetAddress[] addresses(String... literals) {
        return Stream.of(literals)
                .map(literal -> AddressRange.literal(literal).orElseThrow())
                .toArray(InetAddress[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0177.0.0.1",
                "8.8.8.010",
                "0x7f.0.0.1",
                "8.8.0x8",
                "2130706433",
                "134744072",
                "127.1",
                "8.8.2056",
                "0",
                "0x",
                "8.8.8.8.8",
                "256.8.8.8",
                "mail.example.1",
                "8.8.8.08."
            })
    void aNumberThatOthersReadAsAnotherAddressIsRefused(String host) throws UnknownHostException {
        InetAddress[] somewhere = {InetAddress.getByName("8.8.8.8")};
        AllowList guard = new AllowList(List.of(), name -> somewhere);

        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.resolve(host, 25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "mail.1a.example", "1.example", "8.8.8.8.example.", "2606:4700::1"})
    void whatEverybodyReadsAlikeIsNot(String host) throws IOException {
        InetAddress[] somewhere = {InetAddress.getByName("8.8.8.8")};

        assertThat(new AllowList(List.of(), name -> somewhere).resolve(host, 25))
                .containsExactly(somewhere);
    }
}
