import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly title: string; readonly content: ReactNode }[];
  /** Keep it in the address (a search parameter), so that the tab can be shared. */
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

export const Tabs = <Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) => (
  <AriaTabs
    className="tabs"
    selectedKey={selected}
    onSelectionChange={(key) => {
      const tab = tabs.find(({ id }) => id === key);
      if (tab !== undefined) onSelect(tab.id);
    }}
  >
    <TabList className="tab-list" aria-label={label}>
      {tabs.map(({ id, title }) => (
        <Tab key={id} id={id} className="tab">
          {title}
        </Tab>
      ))}
    </TabList>
    {tabs.map(({ id, content }) => (
      <TabPanel key={id} id={id} className="tab-panel">
        {content}
      </TabPanel>
    ))}
  </AriaTabs>
);
