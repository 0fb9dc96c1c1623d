package dev.flowmail.activities.keys;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys in rotation: the first makes what is new, all of them read what is there. Holds at least one, each id once. */
public final class KeyRing {

    private final List<Key> keys;

    /** @throws IllegalArgumentException when there is no key, or two have one id */
    public KeyRing(List<Key> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No key is given");
        }
        Set<String> ids = new HashSet<>();
        for (Key key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("Two keys have the id " + key.id() + "; give each its own");
            }
        }
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the settings' form, {@code id:base64 of 32 bytes}, comma-separated; blanks around a key are ignored.
     *
     * @throws IllegalArgumentException with a sentence that tells which key is wrong and why, without any of it
     */
    public static KeyRing parse(String setting) {
        return parse(setting, KeyForm.SECRET);
    }

    /**
     * Reads the settings' form for keys of any form: {@code id:base64 of the key}, comma-separated.
     *
     * @throws IllegalArgumentException with a sentence that tells which key is wrong and why, without any of it
     */
    public static KeyRing parse(String setting, KeyForm form) {
        String[] entries = setting.split(",", -1);
        List<Key> keys = new ArrayList<>();
        for (int index = 0; index < entries.length; index++) {
            keys.add(parseEntry(entries[index].strip(), index + 1, form));
        }
        return new KeyRing(keys);
    }

    private static Key parseEntry(String entry, int number, KeyForm form) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            // what stands there may be the key itself, so it is not repeated
            throw new IllegalArgumentException("Key " + number + " has no id; write id:base64 of " + form.description()
                    + ", and a comma between two keys");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(entry.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            // the decoder's message repeats a character of the key
            throw new IllegalArgumentException("Key " + number + " is not base64 after its id");
        }
        try {
            return new Key(entry.substring(0, colon), bytes, form);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("Key " + number + " is wrong: " + wrong.getMessage(), wrong);
        }
    }

    /** The key that signs and encrypts what is new. */
    public Key first() {
        return keys.get(0);
    }

    /** All keys, the first first. */
    public List<Key> keys() {
        return keys;
    }

    /** The key of this id, if it is (still) here. */
    public Optional<Key> byId(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** The same keys behind a new first one. */
    public KeyRing rotated(Key fresh) {
        List<Key> all = new ArrayList<>(keys);
        all.add(0, fresh);
        return new KeyRing(all);
    }

    /** What {@link #parse} reads: the secret keys themselves. */
    public String setting() {
        return keys.stream()
                .map(key -> key.id() + ":" + Base64.getEncoder().encodeToString(key.bytes()))
                .collect(Collectors.joining(","));
    }

    /** The ids only. */
    @Override
    public String toString() {
        return "KeyRing" + keys;
    }
}
