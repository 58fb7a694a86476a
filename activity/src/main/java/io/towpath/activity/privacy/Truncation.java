package io.towpath.activity.privacy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Cuts the part of an address that points at one person. What is no such address becomes empty: it might be anything. */
public final class Truncation {

    private static final int DIGITS_OF_OCTET = 3;

    private Truncation() {}

    /** The network of an IP address: IPv4 to 24 bits ({@code 192.0.2.0}), IPv6 to 48 ({@code 2001:db8:1::}). */
    public static String ip(String text) {
        if (text.indexOf(':') >= 0) {
            return ipv6(text);
        }
        int lastDot = text.lastIndexOf('.');
        return isIpv4(text) ? text.substring(0, lastDot) + ".0" : "";
    }

    /** The domain of an e-mail address, with the {@code @}, in lower case. */
    public static String email(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? "" : text.substring(at).strip().toLowerCase(Locale.ROOT);
    }

    private static String ipv6(String text) {
        int zone = text.indexOf('%');
        try {
            // a text with a colon is a literal or nothing: the JDK asks no name server for it
            InetAddress address = InetAddress.getByName(zone < 0 ? text : text.substring(0, zone));
            if (address instanceof Inet4Address) {
                return ip(address.getHostAddress());
            }
            byte[] bytes = address.getAddress();
            return String.format("%x:%x:%x::", word(bytes, 0), word(bytes, 2), word(bytes, 4));
        } catch (UnknownHostException notAnAddress) {
            return "";
        }
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static boolean isIpv4(String text) {
        int octets = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                value = value * 10 + c - '0';
            } else if (c == '.' && digits > 0 && digits <= DIGITS_OF_OCTET && value <= 255) {
                octets++;
                digits = 0;
                value = 0;
            } else {
                return false;
            }
        }
        return octets == 4;
    }
}
