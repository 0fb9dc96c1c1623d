package dev.flowmail.templates;

import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeDateTimeUnit;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.Locale;

/** Numbers and durations of one language, in the same digits as dates, which java.time writes in Latin ones. */
final class Amounts {
    private final Locale locale;
    private final RelativeDateTimeFormatter away;

    Amounts(Locale language) {
        this.locale = new Locale.Builder()
                .setLocale(language)
                .setUnicodeLocaleKeyword("nu", "latn")
                .build();
        this.away = RelativeDateTimeFormatter.getInstance(ULocale.forLocale(locale));
    }

    String number(int number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** To one digit behind the point. */
    String number(double number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /** Rounded, so that 3 days are not 2 a moment later; a part of a minute is one. */
    String away(Duration duration) {
        long rounded = Math.round(duration.toSeconds() / 60.0);
        long minutes = duration.isNegative() ? Math.min(-1, rounded) : Math.max(1, rounded);
        long hours = Math.round(minutes / 60.0);
        long size = Math.abs(minutes);
        return size < 90
                ? away.formatNumeric((double) minutes, RelativeDateTimeUnit.MINUTE)
                : size < 36 * 60
                        ? away.formatNumeric((double) hours, RelativeDateTimeUnit.HOUR)
                        : away.formatNumeric((double) Math.round(hours / 24.0), RelativeDateTimeUnit.DAY);
    }

    /** Whole minutes, or seconds where it is shorter. */
    String duration(Duration duration) {
        boolean isShort = duration.toSeconds() % 60 != 0;
        return MeasureFormat.getInstance(ULocale.forLocale(locale), MeasureFormat.FormatWidth.WIDE)
                .format(new Measure(
                        isShort ? duration.toSeconds() : duration.toMinutes(),
                        isShort ? MeasureUnit.SECOND : MeasureUnit.MINUTE));
    }
}
