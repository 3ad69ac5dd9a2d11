import type { LocalDnsMode, LocalDnsOverride, NewerSetting, OverrideMap } from '../../model/profile.ts';
import type { SettingName } from './settings.ts';

/** A position in a file: an offset into its text and a JSON path, such as `kubeDNSOverrides["."].serveStale` or `$`. */
export interface Place {
  readonly offset: number;
  readonly path: string;
}

/** A setting in the file; `value` is undefined if it is invalid, which the reader has reported. */
export interface SettingDraft {
  readonly value: string | number | undefined;
  readonly place: Place;
}

/** The `newerSettings` of a zone; an invalid value is left out and has been reported. */
export interface NewerDraft {
  readonly value: Pick<LocalDnsOverride, NewerSetting>;
  readonly places: ReadonlyMap<NewerSetting, Place>;
}

export interface ZoneDraft {
  readonly name: string;
  /** The position of its key. */
  readonly place: Place;
  readonly settings: ReadonlyMap<SettingName, SettingDraft>;
  readonly newer: NewerDraft;
}

export interface MapDraft {
  readonly map: OverrideMap;
  /** The position of its key. */
  readonly place: Place;
  /** Undefined if the value is not an object, which the reader has reported. A repeated zone is repeated here. */
  readonly zones: readonly ZoneDraft[] | undefined;
}

/** A profile as it is in a file, with positions; the input of the rules. */
export interface ProfileDraft {
  readonly purpose: 'add' | 'update';
  readonly place: Place;
  readonly mode: LocalDnsMode | undefined;
  /** The position of the mode's value, or of the profile if there is no mode. */
  readonly modePlace: Place;
  readonly maps: readonly MapDraft[];
}
