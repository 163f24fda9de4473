import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { cx } from "@/shared/ui/class-names";
import { chooseTheme, THEMES, type Theme, themeStore } from "../model/theme";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.appearance;

export function Settings() {
  const chosen = useStore(themeStore);
  return (
    <SettingsGroup title={t.theme} lead={t.themeLead}>
      <fieldset className="grid grid-cols-3 gap-3 phone:gap-2">
        <legend className="sr-only">{t.theme}</legend>
        {THEMES.map((theme) => (
          <ThemeChoice key={theme} theme={theme} isChosen={theme === chosen} />
        ))}
      </fieldset>
    </SettingsGroup>
  );
}

interface ThemeChoiceProps {
  readonly theme: Theme;
  readonly isChosen: boolean;
}

function ThemeChoice({ theme, isChosen }: ThemeChoiceProps) {
  return (
    <label className="field cursor-pointer p-2 has-checked:border-accent has-checked:bg-soft">
      <Swatch theme={theme} />
      <span className="mt-2 flex min-h-6 items-center gap-2 text-[13.5px] font-medium">
        <input
          type="radio"
          name="theme"
          value={theme}
          checked={isChosen}
          onChange={() => chooseTheme(theme)}
          className="accent-accent"
        />
        {t.themes[theme]}
      </span>
    </label>
  );
}

/** A page in small. Its colours are fixed: each swatch looks the same in every theme. */
function Swatch({ theme }: { readonly theme: Theme }) {
  return (
    <span
      aria-hidden="true"
      className="flex h-16 overflow-hidden rounded-[5px] border border-line-strong"
    >
      {theme !== "dark" && <Half className="bg-[#f7f6f3]" ink="#57544e" mark="#0f6b57" />}
      {theme !== "light" && <Half className="bg-[#171614]" ink="#bdb9b0" mark="#52c4a6" />}
    </span>
  );
}

interface HalfProps {
  readonly className: string;
  readonly ink: string;
  readonly mark: string;
}

function Half({ className, ink, mark }: HalfProps) {
  return (
    <span className={cx("flex-1", className)}>
      <svg
        viewBox="0 0 60 64"
        preserveAspectRatio="xMinYMin meet"
        aria-hidden="true"
        className="size-full"
      >
        {[14, 32, 50].map((y) => (
          <g key={y}>
            <circle
              cx="13"
              cy={y}
              r="4"
              fill={y === 14 ? mark : "none"}
              stroke={mark}
              strokeWidth="1.5"
            />
            <rect
              x="23"
              y={y - 2}
              width={y === 32 ? 20 : 28}
              height="4"
              rx="2"
              fill={ink}
              opacity="0.7"
            />
          </g>
        ))}
      </svg>
    </span>
  );
}
